"""Connections of libcurl in the loop: closing, waiting, proxies, and whom they trust."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bots.line.connections import Connections, Reply, Unanswered

OK = b"HTTP/1.1 200 OK\r\nX-Line-Request-Id:  r-1 \r\nServer: x\r\nContent-Length: 2\r\n\r\n{}"


class Host:
    """Answers every request with OK; hangs up after one answer, or never answers, if told so."""

    def __init__(self) -> None:
        self.heads: list[bytes] = []
        self.hangs_up = False
        self.silent = False
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if head.startswith(b"POST"):
                    await reader.readexactly(4)
                self.heads.append(head)
                if self.silent:
                    await reader.read()
                    return
                writer.write(OK)
                await writer.drain()
                if self.hangs_up:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    one = Host()
    server = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    yield one
    server.close()
    await server.wait_closed()


@pytest.fixture
async def connections() -> AsyncIterator[Connections]:
    few = Connections(most=2, timeout_s=5.0, connect_timeout_s=2.0)
    yield few
    await few.aclose()


async def test_line_s_own_headers_are_kept_whatever_their_case(
    host: Host, connections: Connections
) -> None:
    reply = await connections.ask(host.url, data=b"body", headers=["Expect:"])
    assert reply == Reply(200, {"x-line-request-id": "r-1"}, b"{}")
    assert b"expect" not in host.heads[0].lower()


async def test_without_bytes_it_asks_with_get_and_then_posts_again(
    host: Host, connections: Connections
) -> None:
    for data in (b"body", None, b"body"):
        await connections.ask(host.url, data=data, headers=[])
    assert [head.split()[0] for head in host.heads] == [b"POST", b"GET", b"POST"]


async def test_a_connection_that_was_hung_up_is_opened_anew(
    host: Host, connections: Connections
) -> None:
    host.hangs_up = True
    for _ in range(3):
        assert (await connections.ask(host.url, data=b"body", headers=[])).status == 200
    assert len(host.heads) == 3


async def test_what_is_under_way_at_the_end_was_sent_and_what_waits_was_not(host: Host) -> None:
    one = Connections(most=1, timeout_s=5.0, connect_timeout_s=2.0)
    host.silent = True
    under_way = one.ask(host.url, data=b"body", headers=[])
    waits = one.ask(host.url, data=b"body", headers=[])
    while not host.heads:
        await asyncio.sleep(0)
    await one.aclose()
    with pytest.raises(Unanswered) as left:
        await under_way
    with pytest.raises(Unanswered) as stayed:
        await waits
    assert (left.value.sent, stayed.value.sent) == (True, False)


async def test_giving_up_on_an_answer_gives_its_place_free_when_it_comes(
    host: Host, connections: Connections
) -> None:
    for _ in range(5):
        connections.ask(host.url, data=b"body", headers=[]).cancel()
    assert (await connections.ask(host.url, data=b"body", headers=[])).status == 200


async def test_proxy_variables_are_not_for_us(
    host: Host, connections: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert (await connections.ask(host.url, data=b"body", headers=[])).status == 200


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "nowhere")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, secret = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert, secret


async def test_only_who_is_vouched_for_is_spoken_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cert, key = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    host = Host()
    server = await asyncio.start_server(host.serve, "127.0.0.1", 0, ssl=context)
    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"

    async def ask() -> Reply:
        one = Connections(most=1, timeout_s=5.0, connect_timeout_s=2.0)
        try:
            return await one.ask(url, data=b"body", headers=[])
        finally:
            await one.aclose()

    with pytest.raises(Unanswered) as stranger:
        await ask()
    assert not stranger.value.sent
    assert host.heads == []
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    assert (await ask()).status == 200
    server.close()
