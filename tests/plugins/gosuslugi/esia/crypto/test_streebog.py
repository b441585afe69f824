"""The digest against the standard's examples and against OpenSSL."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway_gosuslugi.esia.crypto.certificates import certificate_hash
from gateway_gosuslugi.esia.crypto.streebog import streebog256, streebog512
from tests.plugins.gosuslugi.esia.keys import gost_files, needs_gost, openssl, rsa_files

# The messages of RFC 6986, appendix A.
FIRST = b"012345678901234567890123456789012345678901234567890123456789012"
SECOND = "Се ветри, Стрибожи внуци, веютъ с моря стрелами на храбрыя плъкы Игоревы".encode("cp1251")


def test_the_first_example_of_the_standard() -> None:
    assert streebog256(FIRST).hex() == (
        "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"
    )
    assert streebog512(FIRST).hex() == (
        "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
        "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48"
    )


def test_the_second_example_is_longer_than_a_block() -> None:
    assert streebog256(SECOND).hex() == (
        "9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50"
    )
    assert streebog512(SECOND).hex() == (
        "1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376"
        "035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28"
    )


def test_nothing_has_a_digest_too() -> None:
    assert streebog256(b"").hex() == (
        "3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb"
    )


@needs_gost
@settings(max_examples=15)
@given(st.binary(max_size=200))
def test_openssl_says_the_same(data: bytes) -> None:
    told = openssl("dgst", "-engine", "gost", "-md_gost12_256", "-binary", data=data)
    assert streebog256(data) == told


def test_a_certificate_has_one_hash_in_either_form(tmp_path: Path) -> None:
    _, pem = rsa_files(tmp_path)
    der = tmp_path / "certificate.der"
    der.write_bytes(openssl("x509", "-in", str(pem), "-outform", "DER"))

    found = certificate_hash(pem)

    assert found == certificate_hash(der) == streebog256(der.read_bytes()).hex().upper()
    assert len(found) == 64


@needs_gost
def test_a_certificate_of_gost_is_read_too(tmp_path: Path) -> None:
    _, pem = gost_files(tmp_path)
    der = openssl("x509", "-engine", "gost", "-in", str(pem), "-outform", "DER")
    assert certificate_hash(pem) == streebog256(der).hex().upper()
