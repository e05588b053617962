"""Runs one recipe in the environment of the clients: asks until it is told to stop, and says each new answer.

Arguments: the kind of recipe (`python` or `sh`) and its file. Reads nothing of the project. Prints a line `ANSWER {…}`
whenever the answer is another one, and `ASKED n` at the end, when standard input closes. An error ends it.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any


def recipe(kind: str, code: str) -> Callable[[], Any]:
    """What the recipe asks with, once."""
    if kind == "sh":

        def run() -> Any:
            done = subprocess.run(["sh", "-ec", code], capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(done.stderr)
            return [(row["outcome_code"], row["requests"]) for row in json.loads(done.stdout)]

        return run
    names: dict[str, Any] = {}
    exec(code, names)
    ask: Callable[[], Any] = names["requests_by_outcome"]
    return ask


def plain(answer: Any) -> dict[str, int]:
    """Rows, a pandas table or a Polars table as numbers by outcome; nulls become -1, and a fraction is an error."""
    if hasattr(answer, "itertuples"):
        answer = list(answer.itertuples(index=False))
    elif hasattr(answer, "rows"):
        answer = answer.rows()
    counts = {str(code): -1 if number is None else number for code, number in answer}
    if any(int(number) != number for number in counts.values()):
        raise ValueError(f"not whole: {counts}")
    return {code: int(number) for code, number in sorted(counts.items())}


def main() -> None:
    kind, file = sys.argv[1], Path(sys.argv[2])
    ask = recipe(kind, file.read_text(encoding="utf-8"))
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    said: dict[str, int] | None = None
    asked = 0
    while not stop.is_set():
        answer = plain(ask())
        asked += 1
        if answer != said:
            print("ANSWER", json.dumps(answer), flush=True)
            said = answer
    # Once more after the last build, whatever the timing was.
    print("ANSWER", json.dumps(plain(ask())), flush=True)
    print("ASKED", asked, flush=True)


if __name__ == "__main__":
    main()
