"""Ways into the diary: a browser in which the person signs in, or cookies of one (notes 2.4)."""

from gateway_gosuslugi.myschool.login.methods import flow_for

__all__ = ["flow_for"]
