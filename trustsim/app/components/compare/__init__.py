"""Parts of Compare: what is compared, what came out of each, in words, figures and tables, and what is pinned."""
