"""TAP for test scripts:

    import tap

    @tap.test
    def the_thing_works():
        assert ...                      # or raise remuch.Failure("why"), tap.Skip("why")

    tap.main()
"""

import shutil
import sys
import time
import traceback

import remuch

_tests = []


class Skip(Exception):
    pass


def test(fn):
    _tests.append(fn)
    return fn


def need(*programs):
    """Skip the test unless these programs are installed."""
    for p in programs:
        if not shutil.which(p):
            raise Skip(f"{p} is not installed")


def main():
    bad = 0
    print(f"1..{len(_tests)}", flush=True)
    for i, fn in enumerate(_tests, 1):
        name = fn.__name__.replace("_", " ")
        start = time.monotonic()
        try:
            fn()
            print(f"ok {i} - {name} ({time.monotonic() - start:.1f} s)", flush=True)
        except Skip as e:
            print(f"ok {i} - {name} # SKIP {e}", flush=True)
        except Exception:
            bad += 1
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="")
            print(f"not ok {i} - {name}", flush=True)
    for site in remuch.SITES:
        site.stop()
        if site.complaints():
            bad += 1
            print("# the sanitizer spoke:\n" + "".join(f"# {line}\n" for line in site.complaints().splitlines()), end="")
    sys.exit(1 if bad else 0)
