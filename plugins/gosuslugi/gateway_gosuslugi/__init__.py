"""Gosuslugi: the state sign-in ЕСИА, the diary «Моя школа», applications of ЕПГУ.

Each of the three can be used alone: `esia` knows no diary, `myschool` and `epgu` know how a person
signs in only by what a session holds.
"""
