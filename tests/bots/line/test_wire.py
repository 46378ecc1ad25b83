"""The connections that pushes go over, against servers that answer byte by byte as told."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bots.line.messenger import LineMessenger
from bots.line.wire import NotSent, Unanswered, Wires

REQUEST = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def wires(
    serve: Serve,
    *,
    limit: int = 4,
    answer_s: float = 5.0,
    server: ssl.SSLContext | None = None,
    client: ssl.SSLContext | None = None,
) -> AsyncIterator[Wires]:
    """A pool over a server that does as it is told."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(one, "127.0.0.1", 0, ssl=server)
    port = listening.sockets[0].getsockname()[1]
    pool = Wires("127.0.0.1", port, tls=client, limit=limit, connect_s=5.0, answer_s=answer_s)
    try:
        yield pool
    finally:
        pool.close()
        listening.close()
        await listening.wait_closed()


def answering(*answers: bytes) -> Serve:
    """Gives these answers on each connection, one a request, and hangs up after the last."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in answers:
            await reader.readexactly(len(REQUEST))
            writer.write(answer)
            await writer.drain()

    return serve


async def test_an_answer_in_single_bytes_is_the_same_answer() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(len(REQUEST))
        for place in range(len(OK)):
            writer.write(OK[place : place + 1])
            await writer.drain()
            await asyncio.sleep(0)
        await reader.read()

    async with wires(serve) as pool:
        answer = await pool.ask(REQUEST)
    assert (answer.status, answer.body) == (200, b"ok")


async def test_a_chunked_answer_is_put_together() -> None:
    chunked = (
        b"HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\nX-Line-Request-Id: r-1\r\n\r\n"
        b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"
    )
    async with wires(answering(chunked, OK)) as pool:
        first, second = await pool.ask(REQUEST), await pool.ask(REQUEST)
    assert (first.status, first.body, first.headers["x-line-request-id"]) == (400, b"{}", "r-1")
    assert (second.status, second.headers) == (200, {"content-length": "2"})


async def test_an_interim_answer_is_not_the_answer() -> None:
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    async with wires(answering(interim + OK)) as pool:
        answer = await pool.ask(REQUEST)
    assert (answer.status, answer.headers) == (200, {"content-length": "2"})


async def test_an_answer_that_ends_with_the_connection_counts() -> None:
    ends = b"HTTP/1.1 400 Bad Request\r\n\r\n" + b'{"message":"no"}'
    async with wires(answering(ends)) as pool:
        answer = await pool.ask(REQUEST)
        assert (answer.status, answer.body) == (400, b'{"message":"no"}')
        assert (await pool.ask(REQUEST)).status == 400


@pytest.mark.parametrize("header", [b"Connection: close\r\n", b""])
async def test_a_closed_connection_is_replaced(header: bytes) -> None:
    once = OK.replace(b"Content-Length", header + b"Content-Length")
    async with wires(answering(once)) as pool:
        for _ in range(5):
            assert (await pool.ask(REQUEST)).status == 200
            # Let the end of the connection arrive.
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\nContent-Len",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
    ],
)
async def test_no_usable_answer_is_no_answer(bad: bytes) -> None:
    async with wires(answering(bad)) as pool:
        with pytest.raises(Unanswered):
            await pool.ask(REQUEST)


async def test_a_status_once_heard_stands_even_when_the_body_never_comes() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(len(REQUEST))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{")
        await reader.read()

    async with wires(serve, answer_s=0.05) as pool:
        answer = await pool.ask(REQUEST)
    assert (answer.status, answer.body) == (200, b"{")


async def test_an_endless_answer_is_cut_off() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(len(REQUEST))
        while True:
            writer.write(b"HTTP/1.1 200 OK\r\n" + b"x-more: x\r\n" * 5000)
            await writer.drain()

    async with wires(serve) as pool:
        with pytest.raises(Unanswered):
            await pool.ask(REQUEST)


@pytest.mark.parametrize("more", [OK, OK[:-1], b"HTTP/1.1 2", b"H"])
async def test_words_that_nobody_asked_for_are_never_the_next_answer(more: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(len(REQUEST))
        writer.write(OK + more)
        await reader.read()

    async with wires(serve) as pool:
        first = await pool.ask(REQUEST)
        assert (first.status, first.body) == (200, b"ok")
        second = await pool.ask(REQUEST)
        assert (second.status, second.body) == (200, b"ok")


async def test_a_cancelled_request_does_not_leave_its_answer_to_the_next() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readexactly(len(REQUEST)):
            await asyncio.sleep(0.05)
            writer.write(OK)

    async with wires(serve, limit=1) as pool:
        first = asyncio.create_task(pool.ask(REQUEST))
        waiting = asyncio.create_task(pool.ask(REQUEST))
        await asyncio.sleep(0.02)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert (await waiting).status == 200
        impatient = asyncio.create_task(pool.ask(REQUEST))
        late = asyncio.create_task(pool.ask(REQUEST))
        await asyncio.sleep(0.01)
        late.cancel()
        assert (await impatient).status == 200
        assert (await pool.ask(REQUEST)).status == 200


async def test_closing_tells_everyone() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with wires(serve, limit=1) as pool:
        under_way = asyncio.create_task(pool.ask(REQUEST))
        waiting = asyncio.create_task(pool.ask(REQUEST))
        await asyncio.sleep(0.05)
        pool.close()
        with pytest.raises(Unanswered):
            await under_way
        with pytest.raises(NotSent):
            await waiting


def certificate(folder: Path, *, name: str) -> tuple[Path, Path]:
    """A certificate of its own and its key, good for today."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


@pytest.mark.parametrize(("named", "trusted"), [("127.0.0.1", False), ("line.example", True)])
async def test_a_stranger_s_certificate_gets_no_letter(
    tmp_path: Path, named: str, trusted: bool
) -> None:
    heard = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(1))

    chain, key = certificate(tmp_path, name=named)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain, key)
    client = ssl.create_default_context(cafile=chain if trusted else None)
    async with wires(serve, server=server, client=client) as pool:
        with pytest.raises(NotSent):
            await pool.ask(REQUEST)
    assert not any(heard)


async def test_letters_go_over_tls_to_whom_the_certificate_names(tmp_path: Path) -> None:
    chain, key = certificate(tmp_path, name="line.example")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain, key)
    client = ssl.create_default_context(cafile=chain)
    client.check_hostname = False  # The test's server has no name; the chain is still checked.
    async with wires(answering(OK, OK), server=server, client=client) as pool:
        assert [(await pool.ask(REQUEST)).body for _ in range(2)] == [b"ok", b"ok"]


@pytest.mark.parametrize("token", ["", "a b", "a\r\nX-Evil: 1", "トークン"])
def test_a_token_cannot_bring_headers_with_it(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        LineMessenger(base_url="http://127.0.0.1:1", access_token=token)


@pytest.mark.parametrize("base", ["", "127.0.0.1:80", "ftp://line.example", "http://"])
def test_a_base_that_is_no_web_address_is_refused(base: str) -> None:
    with pytest.raises(ValueError):
        LineMessenger(base_url=base, access_token="t")


@pytest.mark.parametrize("key", ["", "a\r\nX-Evil: 1", "鍵"])
async def test_a_retry_key_cannot_bring_headers_with_it(key: str) -> None:
    async with LineMessenger(base_url="http://127.0.0.1:1", access_token="t") as messenger:
        with pytest.raises(ValueError, match="retry key"):
            await messenger.push(b"{}", retry_key=key)
