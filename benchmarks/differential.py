"""Random command lists, each on both engines: the same words, and in the end the same hall.

Run: python -m benchmarks.differential [--lists 50] [--commands 60] [--first 1]; it is the test
`tests/actions/test_both_engines_alike.py` with more lists.
"""

import argparse
import os
import subprocess
import sys
import time

TEST = "tests/actions/test_both_engines_alike.py"


def main() -> None:
    """Play the lists and say how many commands were the same."""
    options = argparse.ArgumentParser()
    options.add_argument("--lists", type=int, default=50)
    options.add_argument("--commands", type=int, default=60)
    options.add_argument("--first", type=int, default=1)
    chosen = options.parse_args()
    wanted = {
        "HALL_LISTS": f"{chosen.first}:{chosen.lists}",
        "HALL_COMMANDS": str(chosen.commands),
        "QT_QPA_PLATFORM": "offscreen",
    }
    begun = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TEST]
    done = subprocess.run(command, env=os.environ | wanted, check=False)
    seconds = time.perf_counter() - begun
    many = chosen.lists * chosen.commands
    same = "all the same" if done.returncode == 0 else "not all the same, see above"
    print(f"{chosen.lists} lists, {many:,} commands on two engines: {same}; {seconds:.0f} s")


if __name__ == "__main__":
    main()
