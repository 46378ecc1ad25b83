"""Only LINE, who knows the channel secret, can sign."""

from base64 import b64decode, b64encode

import pytest

from bots.line.signature import verify

# Made with `openssl dgst -sha256 -hmac`, not with the code under test.
SECRET = b"yorisoi-practice-channel-secret"
BODY = (
    '{"destination":"U00000000000000000000000000000000","events":'
    '[{"type":"message","message":{"type":"text","id":"1","text":"おはよう"}}]}'
).encode()
SIGNATURE = "txJy5Mah5/tkrv25pVwZ2rjBzrUwYalrDPRKfvN82WY="


@pytest.mark.parametrize("header", [SIGNATURE, SIGNATURE.encode()])
def test_the_known_vector_is_good(header: str | bytes) -> None:
    assert verify(SECRET, BODY, header)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "=",
        "こんにちは",
        "\ud800",
        b"\xff\xfe",
        "not base64 at all!",
        SIGNATURE[:-1],
        SIGNATURE + "=",
        SIGNATURE + "\n",
        " " + SIGNATURE,
        SIGNATURE.lower(),
        b64encode(b"\0" * 32).decode(),
        b64decode(SIGNATURE).hex(),
    ],
)
def test_anything_else_is_not(header: str | bytes | None) -> None:
    assert not verify(SECRET, BODY, header)


def test_another_spelling_of_the_same_bytes_is_not() -> None:
    # The last character before the padding has two spare bits.
    other = SIGNATURE[:-2] + "Z="
    assert b64decode(other) == b64decode(SIGNATURE)
    assert not verify(SECRET, BODY, other)


def test_one_changed_byte_is_enough() -> None:
    assert not verify(SECRET, BODY + b" ", SIGNATURE)
    assert not verify(SECRET + b"x", BODY, SIGNATURE)
