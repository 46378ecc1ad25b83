"""`yorisoi practice` as an operator starts it, in a process of its own."""

import contextlib
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

START = "2026-11-30T09:30"


@contextlib.contextmanager
def practice(*, at: str = START, town: Path | None = None) -> Iterator[str]:
    """The address of a running practice mode.

    Args:
        town: a town file in the place of the one that ships.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    other = [] if town is None else ["--town", str(town)]
    process = subprocess.Popen(
        [sys.executable, "-m", "bots.cli", "practice", "--port", str(port), "--at", at, *other],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/readyz", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)
        assert process.stdout is not None
        process.stdout.close()


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if process.poll() is not None:
            assert process.stdout is not None
            raise AssertionError(process.stdout.read().decode())
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(url, timeout=5),
        ):
            return
        time.sleep(0.1)
    raise AssertionError("practice mode did not become ready")


def ask(address: str, path: str, body: Any = None, *, method: str | None = None) -> Any:
    """GET a path of the driver, or POST JSON to it; the answer as JSON, whatever its status."""
    request = urllib.request.Request(
        address + urllib.parse.quote(path),
        data=None if body is None else json.dumps(body).encode(),
        headers={"content-type": "application/json"},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return json.load(error) | {"status": error.code}


def send(address: str, path: str, asked: Any, files: Mapping[str, tuple[str, bytes]]) -> Any:
    """POST with files, by the label of the field that each is for: name and content."""
    mark = "practice-part"
    told = json.dumps(asked, ensure_ascii=False).encode()
    parts = [b'name="asked"\r\n\r\n' + told]
    for label, (name, content) in files.items():
        about = f'name="{label}"; filename="{name}"\r\ncontent-type: application/octet-stream'
        parts.append(about.encode() + b"\r\n\r\n" + content)
    head = f"--{mark}\r\ncontent-disposition: form-data; ".encode()
    body = b"".join(head + part + b"\r\n" for part in parts) + f"--{mark}--\r\n".encode()
    request = urllib.request.Request(
        address + urllib.parse.quote(path),
        data=body,
        headers={"content-type": f"multipart/form-data; boundary={mark}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return json.load(error) | {"status": error.code}
