#!/usr/bin/env python3
# timeout: 180
# Two clients change mail as fast as they can; again and again some process of the server is killed (-9) at a random moment.
# After each: what was acknowledged is there, and a UID is what it was. Now and then: notmuch and the octets too.
# SEED=n repeats the same commands (not the same moments); KILLS=n.

import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import killing  # noqa: E402
import ledger  # noqa: E402
import tap  # noqa: E402

SEED = int(os.environ.get("SEED", random.randrange(1 << 30)))
KILLS = int(os.environ.get("KILLS", 250))
SECONDS = 75                            # no more rounds after that


@tap.test
def acknowledged_is_there_after_kills():
    killing.Load(SEED, [ledger.Ledger("a", random.Random(SEED + 1)), ledger.Ledger("b", random.Random(SEED + 2))]).go(KILLS, SECONDS)


tap.main()
