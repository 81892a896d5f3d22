
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='healthbody',
            name='nhs_region',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='localauthority',
            name='official_name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='setting',
            name='category',
            field=models.CharField(blank=True, help_text="the school census's word, 2019", max_length=40),
        ),
        migrations.AlterField(
            model_name='localauthority',
            name='gss_code',
            field=models.CharField(help_text="today's ONS code; the last one of a former authority", max_length=9),
        ),
        migrations.AlterField(
            model_name='setting',
            name='authority_source',
            field=models.CharField(blank=True, choices=[('census2019', 'School census, January 2019'), ('predecessor', 'The authority of the school it followed'), ('postcode_sector', 'Worked out from its postcode sector'), ('postcode_district', 'Worked out from its postcode district')], max_length=20),
        ),
        migrations.AlterField(
            model_name='setting',
            name='status',
            field=models.CharField(blank=True, choices=[('open_2025', 'Open in July 2025'), ('open_2022', 'Open in July 2022; no later list covers it'), ('closed', 'Closed'), ('not_listed_2025', 'Not on the July 2025 list of open state-funded schools'), ('withdrawn', 'No longer in the reference files')], max_length=20),
        ),
        migrations.AlterField(
            model_name='setting',
            name='type',
            field=models.CharField(blank=True, help_text="the register's word, May 2017", max_length=80),
        ),
        migrations.CreateModel(
            name='AuthorityAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('name', 'Name'), ('dfe_code', 'DfE code'), ('gss_code', 'ONS code')], max_length=8)),
                ('text', models.CharField(max_length=120)),
                ('publisher', models.CharField(blank=True, help_text='who writes it so; empty means anybody', max_length=80)),
                ('starts_on', models.DateField(blank=True, help_text='first day; empty means as far back as figures go', null=True)),
                ('ends_on', models.DateField(blank=True, help_text='last day; empty means still used', null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='organisations.localauthority')),
            ],
            options={
                'verbose_name_plural': 'authority aliases',
                'constraints': [models.UniqueConstraint(fields=('authority', 'kind', 'text', 'publisher'), name='an_alias_once_an_authority'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='alias_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='StatisticalNeighbour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(help_text='1 is the most alike')),
                ('closeness', models.CharField(max_length=30)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='neighbour_links', to='organisations.localauthority')),
                ('neighbour', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='neighbour_of_links', to='organisations.localauthority')),
            ],
            options={
                'ordering': ['authority', 'rank'],
                'constraints': [models.UniqueConstraint(fields=('authority', 'rank'), name='one_neighbour_a_rank'), models.UniqueConstraint(fields=('authority', 'neighbour'), name='a_neighbour_once')],
            },
        ),
    ]
