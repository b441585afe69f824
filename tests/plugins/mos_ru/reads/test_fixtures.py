from tests.plugins.fixture_checks import FixtureChecks
from tests.plugins.mos_ru.support import cases


class TestFixtures(FixtureChecks):
    cases = tuple(cases())
