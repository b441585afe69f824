"""The world: everything that emulators ask."""

from gateway.sandbox.world.view_life import LifeView
from gateway.sandbox.world.view_work import WorkView


class World(WorkView, LifeView):
    """An immutable fictional world; records are attributes, questions are methods.

    All answers are tuples in time order. Ranges include both ends; an end left out is open.
    Unless told otherwise a method takes a pupil's key and answers for this school year.
    """
