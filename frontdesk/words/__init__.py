"""The interface's words: what is marked in templates, Python and JavaScript, gathered into frontdesk/locale/*.po.

`python -m frontdesk.words` (`make words`) gathers and compiles; `python -m frontdesk.words compile` only compiles. The
product itself loads nothing of this: it reads the compiled catalogs through Django.
"""
