"""Addresses: what may be reached, and what is given up."""

import socket

import pytest

from privacyscan.documents import UnreadableSourceError
from privacyscan.documents.fetching import PUBLIC, Reach, fetch_address
from privacyscan.documents.reaching import is_public
from tests.site import TEXT, outside, running_site

GUEST = Reach(seconds=20, public_only=True, judge=outside)


@pytest.fixture(scope="module")
def port():
    with running_site() as port:
        yield port


@pytest.fixture
def site(port):
    return f"http://127.0.0.1:{port}"


def refusal(address, reach):
    with pytest.raises(UnreadableSourceError) as caught:
        fetch_address(address, reach)
    assert "\n" not in str(caught.value)
    return caught.value.code


PRIVATE = (
    "127.0.0.1 127.8.8.8 10.1.2.3 172.16.0.1 192.168.0.1 169.254.169.254 100.64.0.1 100.100.100.200 0.0.0.0 0.1.2.3 "
    "192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 "
    "::1 :: ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 2002:7f00:1:: "
    "2001:0:1:2::3 2001:db8::1 3fff::1 100::1 fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd00:ec2::254 ff02::1 5f00::1 x"
).split()
OPEN = ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN)
def test_open_addresses_are_known(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    (
        "127.0.0.1 127.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 0 [::1] [::ffff:127.0.0.1] "
        "localhost LOCALHOST localhost. １２７.0.0.1 169.254.169.254 [fe80::1]"
    ).split(),
)
def test_nothing_private_is_reached_from_outside(host):
    assert refusal(f"http://{host}/", PUBLIC) in ("address_private", "address_unknown", "address_wrong")


def test_a_redirect_can_not_lead_into_the_private_network(site, port):
    for target in (f"http://127.0.0.2:{port}/policy", f"http://[::1]:{port}/policy", "http://10.0.0.1/", "//0x7f.2/"):
        assert refusal(f"{site}/to?{target}", GUEST) == "address_private"
        # A person may read from their own network, but no page outside may send them there.
        assert refusal(f"{site}/to?{target}", Reach(judge=outside)) == "address_private"


def test_a_person_may_read_from_their_own_network(site):
    assert fetch_address(f"{site}/to?/policy").data == TEXT


def test_a_redirect_can_not_leave_http(site):
    for target in ("file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "http://user:pass@127.0.0.1/"):
        assert refusal(f"{site}/to?{target}", GUEST) == "address_wrong"


def test_a_name_is_resolved_once_and_all_it_stands_for_is_judged(monkeypatch, port):
    known = {"policy.example": ["127.0.0.1"], "mixed.example": ["127.0.0.1", "127.0.0.2"]}
    asked, resolve = [], socket.getaddrinfo

    def answers(host, *rest, **more):
        if host in known:
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in known[host]]
        return resolve(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    assert fetch_address(f"http://policy.example:{port}/policy", GUEST).data == TEXT
    assert asked == ["policy.example"]
    assert refusal(f"http://mixed.example:{port}/policy", GUEST) == "address_private"


def test_only_the_ports_of_the_web_are_asked_for_others(site):
    assert refusal(f"{site}/policy", PUBLIC) == "address_port"
    assert refusal(f"{site}/to?http://127.0.0.1:22/", Reach(judge=outside, ports=PUBLIC.ports | {80})) == "address_port"


@pytest.mark.parametrize("path", ["/drip", "/heads"])
def test_an_answer_that_drips_is_given_up(site, path):
    assert refusal(site + path, Reach(seconds=0.4)) == "address_slow"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/endless", "address_large"),
        ("/bomb", "address_large"),
        ("/damaged", "address_packed"),
        ("/brotli", "address_packed"),
        ("/nothing", "address_status"),
        ("/to?/to?/to", "address_status"),
        ("/to?http://[zz]/", "address_wrong"),
    ],
)
def test_answers_that_can_not_be_read_are_told_apart(site, path, code):
    assert refusal(site + path, GUEST) == code


def test_a_packed_answer_is_unpacked(site):
    assert fetch_address(f"{site}/packed", GUEST).data == TEXT


def test_the_proxy_of_this_computer_is_used_for_its_user_alone(monkeypatch, site):
    monkeypatch.setenv("http_proxy", site)
    monkeypatch.setenv("no_proxy", "")
    assert fetch_address("http://policy.example/policy").data == TEXT
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("10.0.0.1", 80))])
    assert refusal("http://policy.example/policy", PUBLIC) == "address_private"
