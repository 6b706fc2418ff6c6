"""The running service that `--service` names; without it the compiled one as a process of its own, for the whole run."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--service", help="where the service answers: http://127.0.0.1:8787")


@pytest.fixture(scope="session")
def base_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if running := request.config.getoption("--service"):
        yield running
        return
    command = ["node", "dist/src/doors/cli/main.js", "serve", "--port", "0"]
    service = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        for line in service.stderr:
            if ready := re.search(r"ready at (http://[^ ]+)", line):
                yield ready[1]
                break
        else:
            pytest.fail("the service ended before it was ready: npm run compile?")
    finally:
        service.terminate()
        assert service.wait(timeout=30) == 0
