"""The GraphQL schema of the engine: a subset of Saleor's, one sub-package per domain."""
