"""Work for the tests of common/jobs: each run leaves a line in a file, and takes its time."""

import sys
from pathlib import Path

from common import jobs


@jobs.handler("slow.child")
def child(job, progress):
    """Waits in a child process, then leaves its mark. args: seconds, file."""
    log = Path(job.args["file"])
    with log.open("a") as file:
        file.write("begun\n")
    progress(1, 2, "waiting")
    jobs.run_child([sys.executable, "-c", f"import time; time.sleep({job.args['seconds']})"], timeout=60)
    with log.open("a") as file:
        file.write("ended\n")
    progress(2, 2)
