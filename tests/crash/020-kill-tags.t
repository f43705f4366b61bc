#!/usr/bin/env python3
# timeout: 180
# As 010-kill.t, over mailboxes of tags and All: COPY, MOVE, APPEND, EXPUNGE, CREATE, RENAME and DELETE are done whole or not at all, and all
# mailboxes agree. SEED=n repeats the same commands (not the same moments); KILLS=n.

import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import killing  # noqa: E402
import tagledger  # noqa: E402
import tap  # noqa: E402

SEED = int(os.environ.get("SEED", random.randrange(1 << 30)))
KILLS = int(os.environ.get("KILLS", 100))
SECONDS = 40                            # no more rounds after that


@tap.test
def tags_are_whole_after_kills():
    books = [tagledger.TagLedger(who, random.Random(SEED + n)) for n, who in enumerate("ab")]
    killing.Load(SEED, books, ["[mail] tags = Tags", "[mail] all = All"], tagledger.FOLDERS[1:],
                 [f"Tags/{w}" for w in tagledger.WORDS]).go(KILLS, SECONDS)


tap.main()
