"""The sorts of simulated patients. Each is a function of a world (facts, by the scenario's seed) and a voice (words).

What is drawn from `world.rng` is the same in every repeat; how it is said comes from the voice alone.
"""
