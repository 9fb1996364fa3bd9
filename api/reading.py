"""The reader that the settings ask for."""

from loaders.reading.finder import is_service
from loaders.reading.read import Reader


def loaded(model: str | None) -> Reader:
    """The reader with a model folder, or with the model of a service; raises ModelError."""
    if not is_service(model):
        return Reader.load(model)
    from api.settings import Settings, answers_folder  # the tagger shall not wait for the settings

    key = Settings.of(model=model).model_key
    return Reader.load(model, key.get_secret_value() if key else None, answers_folder())
