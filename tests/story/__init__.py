"""Three months of two invented people, played through the buttons alone and told as they see it.

`python -m tests.story` writes docs/three-months.md and docs/trois-mois.md again.
"""
