"""What follows a run for people: progress while it goes on, page and trajectories at its end."""

from __future__ import annotations

from autoresearch_formal.data.trajectories import write_trajectories
from autoresearch_formal.report.progress import show, watch
from autoresearch_formal.report.run import write_page
from autoresearch_formal.search.runner import Run


class RunReporter:
    """Shows progress, writes ``report.html`` and ``trajectories.parquet``, and prints the results.

    Args:
        quiet: leave out the table of results at the end.
    """

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet

    async def watch(self, run: Run) -> None:
        """Show progress on stderr until cancelled."""
        await watch(run)

    def finish(self, run: Run) -> None:
        """Write the page and the trajectories."""
        write_page(run.folder.path)
        write_trajectories(run.folder.path)
        if not self._quiet:
            show(run)
