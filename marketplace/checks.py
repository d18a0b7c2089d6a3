"""Check → room: what ``twiza doctor``, the staff's page of the service and trials look at."""

CHECKS: tuple[str, ...] = (
    "marketplace.core.checks.database",
    "marketplace.core.database_letters.letters",
    "marketplace.core.checks.clock",
    "marketplace.core.checks.keys",
    "marketplace.core.disk_checks.disk",
    "catalog.checks.time_zones",
    "marketplace.core.checks.worker",
    "marketplace.core.checks.jobs",
    "marketplace.core.checks.events",
    "marketplace.core.queue_backlogs.queues",
    "marketplace.core.backup.checks.backups",
    "marketplace.core.checks.mail",
    "marketplace.core.indexing.search_engines",
    "marketplace.saleor.checks.installation",
    "marketplace.saleor.checks.engine_version",
    "marketplace.saleor.checks.engine_clock",
    "marketplace.saleor.checks.app",
    "marketplace.saleor.checks.deliveries",
    "marketplace.saleor.checks.store",
    "marketplace.saleor.checks.webhooks",
    "marketplace.saleor.checks.sweeps",
    "vendors.checks.shop_administrators",
    "marketplace.legal.checks.legal_texts",
    "search.checks.index",
    "marketplace.orders.checks.carriers",
    "marketplace.orders.checks.stock",
    "marketplace.orders.checks.text_messages",
    "marketplace.payments.checks.refunds",
    "marketplace.payments.checks.repeated_refunds",
    "marketplace.payments.provider_checks.payment_providers",
    "marketplace.payouts.checks.books",
    "marketplace.payouts.checks.reconciliation",
    "marketplace.payouts.checks.payout_schedule",
)

# What must hold in a database that was restored for a trial; each takes the owner's connection.
RESTORED: tuple[str, ...] = ("marketplace.ledger.restored.find_unbalanced_books",)

# What is encrypted elsewhere than in an EncryptedTextField; ``core.keys`` replaces keys there too.
ENCRYPTED_STORES: tuple[str, ...] = (
    "marketplace.web.accounts.encrypted_factors.app_secrets",
    "marketplace.web.accounts.encrypted_factors.recovery_seeds",
    "marketplace.web.kept.encrypted_files.KeptFiles",
    "marketplace.long_jobs.encrypted_files.JobFiles",
    "catalog.product_file_content.ProductFiles",
)

# Metrics for Prometheus.
METRICS: tuple[str, ...] = (
    "marketplace.core.metrics.of_core",
    "marketplace.saleor.metrics.of_saleor",
)
