from collections.abc import Callable

import pytest

from tests.plugins.mos_ru.emulator.login.support import Service


@pytest.fixture
def moscow(running: Callable[..., Service]) -> Service:
    """Moscow's installation."""
    return running()


@pytest.fixture
def oblast(running: Callable[..., Service]) -> Service:
    """Moscow Oblast's."""
    return running("mosreg_ru")
