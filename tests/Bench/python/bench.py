# The measured calls in upstream's Python binding.
import sys
import time

import guestfs

g = guestfs.GuestFS(python_return_dict=True, environment=False, close_on_exit=False)
g.internal_test_set_output("/dev/null")


def error():
    try:
        g.internal_test_rinterr()
    except RuntimeError:
        pass


class Raised(Exception):
    pass


def throw():
    try:
        raise Raised("no")
    except Raised:
        pass


CALLS = {
    "get_verbose": lambda: g.get_verbose(),
    "set_verbose": lambda: g.set_verbose(False),
    "set_program": lambda: g.set_program("benchmark"),
    "get_path": lambda: g.get_path(),
    "version": lambda: g.version(),
    "list_1000": lambda: g.internal_test_rstringlist("1000"),
    "hashtable_1000": lambda: g.internal_test_rhashtable("1000"),
    "structs_1000": lambda: g.internal_test_rstructlist("1000"),
    "optional": lambda: g.internal_test_only_optargs(test=1),
    "error": error,
    "throw": throw,
    "create_close": lambda: guestfs.GuestFS(
        python_return_dict=True, environment=False, close_on_exit=False).close(),
}

for line in sys.stdin:
    name, count = line.split()
    if name not in CALLS:
        print(-1, -1, flush=True)
        continue
    call, repeat = CALLS[name], range(int(count))
    start = time.perf_counter_ns()
    for _ in repeat:
        call()
    print(time.perf_counter_ns() - start, -1, flush=True)
