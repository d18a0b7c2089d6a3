from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_materials_by_code")]

    operations = [migrations.RemoveField(model_name="listingpage", name="materials")]
