"""The pages of the documentation that are made from the source, one module for each kind of page.

Each module has `pages()`: the pages it makes, by their place under docs/.
"""
