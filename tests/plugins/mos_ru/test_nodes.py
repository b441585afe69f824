"""The regional nodes are one protocol at different places."""

from dataclasses import replace

import pytest

from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.declaration import Certainty, Declaration
from gateway.core.regions import load_directory
from gateway.core.registry.plugins import Registry
from gateway.sandbox.server import Sandbox
from gateway_mos_ru import plugin
from gateway_mos_ru.declaration import DECLARATIONS
from gateway_mos_ru.nodes import BY_PROVIDER, NODES, Node

SAMPLE = next(item for item in DECLARATIONS if item.name == "myschool_tyumen")
OTHERS = [item for item in DECLARATIONS if item.name.startswith("myschool_")]


@pytest.mark.parametrize("declaration", OTHERS, ids=lambda item: item.name)
def test_nodes_differ_in_place_and_name_alone(declaration: Declaration) -> None:
    as_sample = replace(
        declaration, name=SAMPLE.name, title=SAMPLE.title, instances=SAMPLE.instances
    )
    assert as_sample == SAMPLE
    (instance,) = declaration.instances
    assert len(instance.regions) == 1
    assert set(instance.hosts) == {"api", "diary"}


@pytest.mark.parametrize("node", NODES, ids=lambda item: item.provider)
def test_nodes_agree_with_the_region_directory(node: Node) -> None:
    made = BY_PROVIDER[node.provider]
    region = load_directory().get(made.region)
    assert region.platform == made.platform
    assert made.zone in region.zones
    told = {host.netloc for host in region.hosts}
    assert made.api.removeprefix("https://") in told


def test_only_the_place_that_was_inferred_is_assumed() -> None:
    assumed = [node.provider for node in NODES if node.certainty is Certainty.ASSUMED]
    assert assumed == ["myschool_murmansk"]


@pytest.mark.parametrize("declaration", OTHERS, ids=lambda item: item.name)
async def test_every_node_lets_a_family_in(declaration: Declaration) -> None:
    box = Sandbox(Registry((), plugins={"mos_ru": plugin}))
    with box.serving({declaration.name: 0}) as served:
        settings = box.settings(served)
        account = next(
            item
            for item in box.accounts(declaration.name)
            if item.state == "ok" and item.students and "password" in item.methods
        )
        assert account.login is not None
        assert account.password is not None
        async with AsyncGateway(settings=settings, registry=box.registry) as gateway:
            (opened,) = await gateway.login(
                declaration.name, method="password", login=account.login, password=account.password
            )
            assert opened.students == tuple(item.gateway_id for item in account.students)
