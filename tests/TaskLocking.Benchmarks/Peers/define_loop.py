"""define_loop.py STATE SECONDS INDEX: the old scheme. A define reads the whole document under a lock, checks, and writes it back."""

import json
import os
import sys
import time

from filelock import FileLock


def define(state, task_id):
    with FileLock(state + ".lock"):
        with open(state, encoding="utf-8") as file:
            document = json.load(file)
        if any(todo["id"] == task_id for todo in document["todos"]):
            raise ValueError(f"Task {task_id} already defined")
        now = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        document["todos"].append(
            {"id": task_id, "name": task_id, "status": "Todo", "priority": "medium", "tags": [], "created": now, "lastModified": now}
        )
        temporary = f"{state}.{os.getpid()}.tmp"
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(document, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, state)


def main():
    state, seconds, index = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    print("READY", flush=True)
    sys.stdin.readline()
    operations, begin = 0, time.time_ns()
    end, last = begin, begin + int(seconds * 1e9)
    while end < last:
        define(state, f"P-{index}-{operations}")
        operations, end = operations + 1, time.time_ns()
    print(json.dumps({"operations": operations, "begin": begin, "end": end}))


main()
