"""Applications of the portal over the fictional world (notes 4.6).

The sandbox invents what is not public: the XML of an application, which is `template.xml` here,
the names of dictionaries, and the rule by which a school decides (see `school`).
"""

from gateway_gosuslugi.emulator.epgu import dictionaries, files, filing, following, switch
from gateway_gosuslugi.emulator.rules import Router


def register(router: Router) -> None:
    """Add the paths of this part."""
    for part in (filing, following, files, dictionaries, switch):
        part.register(router)
