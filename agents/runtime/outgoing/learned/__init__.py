"""What a sentence says was done, learned from sentences that we wrote: the second opinion beside the tables of words.

`examples/*.txt` are the sentences (`kind|sentence`), `glosses.txt` words of five languages under one English word each;
`manage.py learn_claims` makes `weights.bin` of them. `verdict.bin` is of whole replies in their state, for the last
look.
"""
