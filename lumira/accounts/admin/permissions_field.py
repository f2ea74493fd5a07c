from django.contrib.auth.models import Permission
from django.forms import ModelMultipleChoiceField

VERBS = {
    "view": "voir",
    "add": "ajouter",
    "change": "modifier",
    "delete": "supprimer",
}


class PermissionsField(ModelMultipleChoiceField[Permission]):
    def label_from_instance(self, obj: Permission) -> str:
        """Django's own permissions have English names."""
        verb = VERBS.get(obj.codename.partition("_")[0])
        kind = obj.content_type
        if verb and obj.codename.endswith(f"_{kind.model}"):
            return f"{kind.name} : {verb}"
        return f"{kind.name} : {obj.name}"
