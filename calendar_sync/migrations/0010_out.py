import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendar_sync", "0009_codes")]

    operations = [
        migrations.AddField(
            model_name="outcampaign",
            name="planned_at",
            field=models.DateTimeField(
                blank=True,
                default=django.utils.timezone.now,  # those begun before have their times already
                help_text="Since when everybody's other times are known.",
                null=True,
            ),
            preserve_default=False,
        ),
    ]
