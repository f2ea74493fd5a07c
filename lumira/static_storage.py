from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed files; hashes also inside `import … from "…";` of modules."""

    support_js_module_import_aggregation = True
