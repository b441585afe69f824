"""Decoding within limits."""

import asyncio
import gzip
import json
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import AnswerTooLarge, BadResponse, ConnectionBroken, DeadlineExceeded
from gateway.core.transport.body import check_nesting, read_body
from gateway.core.transport.exchange import AnswerLimits, Carrier, TransportFault, fault_of
from gateway.core.transport.inflate import Inflater, coding_of
from tests.core.transport.loopback import answer, serve, turns
from tests.core.transport.making import ample, exchange

MEGABYTE = 1024 * 1024


async def pieces(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def read(
    data: bytes, coding: str = "", *, size: int = 1_000, limits: AnswerLimits | None = None
) -> bytes:
    return await read_body(
        pieces(data, size), coding=coding, limits=limits or AnswerLimits(), remaining=ample
    )


def raw_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(data) + engine.flush()


@given(data=st.binary(max_size=5_000), size=st.integers(1, 600), data_split=st.integers(0, 5_000))
async def test_every_coding_gives_the_body_back(data: bytes, size: int, data_split: int) -> None:
    assert await read(data, "", size=size) == data
    assert await read(data, "identity", size=size) == data
    assert await read(gzip.compress(data), "gzip", size=size) == data
    assert await read(zlib.compress(data), "deflate", size=size) == data
    two = gzip.compress(data[:data_split]) + gzip.compress(data[data_split:])
    assert await read(two, "x-gzip", size=size) == data


@pytest.mark.parametrize("size", [1, 7, 10_000])
async def test_deflate_without_its_wrapper_is_read_too(size: int) -> None:
    data = b"the same words " * 100
    assert await read(raw_deflate(data), "deflate", size=size) == data


@pytest.mark.parametrize("data", [b"", b"{", b"{}", b'{"marks": []}'])
@pytest.mark.parametrize("size", [1, 100])
async def test_a_plain_body_that_claims_to_be_gzip_is_read_as_it_is(data: bytes, size: int) -> None:
    assert await read(data, "gzip", size=size) == data


async def test_padding_behind_a_gzip_body_is_left_out() -> None:
    assert await read(gzip.compress(b"[]") + b"\0" * 512, "gzip") == b"[]"


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "gzip,br", "*"])
async def test_a_coding_that_was_not_asked_for_is_refused(coding: str) -> None:
    with pytest.raises(BadResponse) as caught:
        await read(b"\x00", coding_of(coding))
    assert fault_of(caught.value) is TransportFault.PROTOCOL


def test_the_name_of_a_coding_is_read_leniently() -> None:
    assert coding_of(" GZip ") == "gzip"
    assert coding_of(None) == ""


async def test_a_gzip_body_that_was_cut_is_no_whole_answer() -> None:
    with pytest.raises(ConnectionBroken) as caught:
        await read(gzip.compress(b"x" * 1_000)[:-9], "gzip")
    assert fault_of(caught.value) is TransportFault.SENT_NO_ANSWER


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_broken_compressed_data_are_a_bad_response(coding: str) -> None:
    with pytest.raises(BadResponse) as caught:
        await read(b"\x1f\x8b\x08\xff" + b"\xff" * 50, coding)
    assert fault_of(caught.value) is TransportFault.PROTOCOL


@pytest.mark.parametrize("coding", ["", "gzip"])
async def test_the_limit_on_the_wire_counts_what_travels(coding: str) -> None:
    limits = AnswerLimits(wire=2_000, decoded=100_000)
    noise = Random(1).randbytes(20_000)
    data = gzip.compress(noise) if coding else noise
    with pytest.raises(AnswerTooLarge) as caught:
        await read(data, coding, limits=limits)
    assert fault_of(caught.value) is TransportFault.TOO_LARGE


@pytest.mark.parametrize("size", [4_999, 5_000])
@pytest.mark.parametrize("coding", ["", "gzip"])
async def test_a_body_of_just_the_limit_passes(coding: str, size: int) -> None:
    data = b"x" * size
    limits = AnswerLimits(wire=5_000, decoded=5_000)
    assert await read(gzip.compress(data) if coding else data, coding, limits=limits) == data
    with pytest.raises(AnswerTooLarge):
        await read(gzip.compress(b"x" * 5_001) if coding else b"x" * 5_001, coding, limits=limits)


async def test_a_bomb_is_never_unpacked() -> None:
    bomb = gzip.compress(bytes(48 * MEGABYTE), compresslevel=9)
    tracemalloc.start()
    try:
        with pytest.raises(AnswerTooLarge) as caught:
            await read(bomb, "gzip", size=len(bomb))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert fault_of(caught.value) is TransportFault.TOO_LARGE
    assert peak < 20 * MEGABYTE


async def test_a_bomb_over_the_wire_is_refused(any_carrier: Carrier) -> None:
    bomb = gzip.compress(bytes(32 * MEGABYTE), compresslevel=9)
    async with serve(answer(bomb, headers=[("Content-Encoding", "gzip")])) as server:
        with pytest.raises(AnswerTooLarge):
            await any_carrier.send(exchange(server.origin))


async def test_a_bomb_of_a_coding_not_asked_for_is_not_touched(any_carrier: Carrier) -> None:
    async with serve(answer(b"\x00" * 405, headers=[("Content-Encoding", "br")])) as server:
        with pytest.raises(BadResponse):
            await any_carrier.send(exchange(server.origin))


async def test_many_tiny_members_are_refused_before_they_cost_much() -> None:
    with pytest.raises(AnswerTooLarge):
        await read(gzip.compress(b"") * 1_000, "gzip", size=1_000_000)


async def test_the_deadline_is_checked_between_chunks() -> None:
    left = iter([1.0, 1.0, 0.0])
    with pytest.raises(DeadlineExceeded) as caught:
        await read_body(
            pieces(b"x" * 10, 1),
            coding="",
            limits=AnswerLimits(),
            remaining=lambda: next(left),
        )
    assert fault_of(caught.value) is TransportFault.SENT_NO_ANSWER


async def test_a_gzip_answer_arrives_decoded(any_carrier: Carrier) -> None:
    body = json.dumps({"marks": ["5-", "н/а"] * 500}, ensure_ascii=False).encode()
    coded = answer(gzip.compress(body), headers=[("Content-Encoding", "gzip")])
    async with serve(coded) as server:
        got = await any_carrier.send(exchange(server.origin))
    assert got.body == body
    assert server.requests[0].header("accept-encoding") == "gzip"


def test_pieces_are_small_however_large_the_body() -> None:
    inflater = Inflater("gzip", 64 * MEGABYTE)
    sizes = [len(piece) for piece in inflater.feed(gzip.compress(bytes(8 * MEGABYTE)))]
    assert sum(sizes) == 8 * MEGABYTE
    assert max(sizes) <= 256 * 1024


def nested(depth: int, inner: str = "1") -> bytes:
    """Objects and arrays in turn, `depth` of them."""
    opening = "".join('{"a":' if level % 2 else "[" for level in range(depth))
    closing = "".join("}" if level % 2 else "]" for level in reversed(range(depth)))
    return (opening + inner + closing).encode()


@pytest.mark.parametrize("depth", [1, 63, 64])
def test_json_within_the_nesting_limit_passes(depth: int) -> None:
    check_nesting(nested(depth))
    check_nesting(b"[" + b",".join([nested(depth - 1)] * 100) + b"]")


@pytest.mark.parametrize("depth", [65, 66, 1_000, 100_000])
def test_json_beyond_the_nesting_limit_is_refused(depth: int) -> None:
    with pytest.raises(AnswerTooLarge):
        check_nesting(nested(depth))
    with pytest.raises(AnswerTooLarge):
        check_nesting(b"[1," + nested(depth - 1) + b',{"b":[]}]')


def test_an_opening_that_never_closes_is_refused() -> None:
    with pytest.raises(AnswerTooLarge):
        check_nesting(b"[" * 100_000)
    with pytest.raises(AnswerTooLarge):
        check_nesting(b'{"a":' * 100_000)


@pytest.mark.parametrize(
    "text",
    ["[" * 500, "]" * 500, '"' * 80 + "[" * 80, "\\" * 81 + "{" * 90, '\\"[' * 80, "[]{}" * 99],
)
def test_brackets_inside_strings_do_not_count(text: str) -> None:
    check_nesting(json.dumps({"text": text, "list": [[], {}] * 50}).encode())


@pytest.mark.parametrize("text", ["]", '"]', '\\"]', "\\", "}]"])
def test_closing_brackets_inside_strings_hide_no_depth(text: str) -> None:
    hidden = json.dumps(text)
    body = (f"[{hidden}," * 200 + "1" + "]" * 200).encode()
    assert json.loads(body)
    with pytest.raises(AnswerTooLarge):
        check_nesting(body)


json_values = st.recursive(
    st.none() | st.integers() | st.text(alphabet='[]{}"\\a,:'),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('[]"\\'), inner),
    max_leaves=60,
)


def depth_of(value: object) -> int:
    if isinstance(value, list):
        return 1 + max(map(depth_of, value), default=0)
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    return 0


@given(value=json_values, limit=st.integers(0, 6))
def test_the_nesting_check_agrees_with_counting(value: object, limit: int) -> None:
    body = json.dumps(value, ensure_ascii=False).encode()
    try:
        check_nesting(body, limit)
        refused = False
    except AnswerTooLarge:
        refused = True
    assert refused == (depth_of(value) > limit)


async def test_reading_leaves_no_task_behind(any_carrier: Carrier) -> None:
    before = asyncio.all_tasks()
    async with serve(answer(b"x" * 500_000)) as server:
        with pytest.raises(AnswerTooLarge):
            await any_carrier.send(exchange(server.origin, limits=AnswerLimits(wire=1_000)))
    await turns()
    assert asyncio.all_tasks() == before
