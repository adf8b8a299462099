"""The language server: findings as diagnostics while one types. `copydesk lsp` starts it.

`positions` and `analysis` know nothing of the protocol; `messages` turns findings into its terms, and
`server` and `serve` speak it. pygls, which carries the protocol, comes with the extra `copydesk[lsp]`.
"""
