"""What moto 5.2 lacks of CloudFormation and Lambda. Python runs this file where its folder is on PYTHONPATH."""

import copy

from moto.awslambda.models import LambdaFunction, LambdaVersion, lambda_backends
from moto.cloudformation import parsing
from moto.cloudformation.models import ChangeSet
from moto.cloudformation.parsing import OutputMap, ResourceMap
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.common_models import CloudFormationModel
from moto.dynamodb.models import dynamodb_backends
from moto.logs.models import LogGroup
from moto.sqs.models import sqs_backends

VERSION, ALIAS = "AWS::Lambda::Version", "AWS::Lambda::Alias"


class Alias(CloudFormationModel):
    """AWS::Lambda::Alias; the weights of a rollout are not played."""

    # Moto files each model under the service that its module is named for.
    __module__ = LambdaVersion.__module__

    def __init__(self, name, arn):
        self.name = name
        self.physical_resource_id = arn

    @staticmethod
    def cloudformation_type():
        return ALIAS

    @classmethod
    def create_from_cloudformation_json(cls, _name, resource, account, region, **_):
        given = resource["Properties"]
        made = lambda_backends[account][region].create_alias(
            name=given["Name"],
            function_name=given["FunctionName"],
            function_version=given["FunctionVersion"],
            description="",
            routing_config=None,
        )
        return cls(made.name, made.arn)

    @classmethod
    def update_from_cloudformation_json(
        cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name
    ):
        given = cloudformation_json["Properties"]
        lambda_backends[account_id][region_name].update_alias(
            name=given["Name"],
            function_name=given["FunctionName"],
            function_version=given["FunctionVersion"],
            description=None,
            routing_config=None,
        )
        return original_resource


class Url(CloudFormationModel):
    """AWS::Lambda::Url; moto knows the address of a function, and CloudFormation's way to make it not."""

    __module__ = LambdaVersion.__module__

    def __init__(self, function_arn, url):
        self.physical_resource_id = function_arn
        self.url = url

    @staticmethod
    def cloudformation_type():
        return "AWS::Lambda::Url"

    @classmethod
    def create_from_cloudformation_json(cls, _name, resource, account, region, **_):
        given = resource["Properties"]
        arn = given["TargetFunctionArn"]
        made = lambda_backends[account][region].create_function_url_config(arn, given)
        return cls(arn, made.url)

    def get_cfn_attribute(self, attribute):
        return {"FunctionUrl": self.url, "FunctionArn": self.physical_resource_id}[attribute]


# A version knows neither its number, for `Fn::GetAtt`, nor its id.
LambdaVersion.get_cfn_attribute = lambda self, _attribute: str(self.version)
LambdaVersion.physical_resource_id = property(lambda self: str(self.version))


# By logical id, what a change set names as there already: moto would make it anew.
imported = {}
create_change_set = CloudFormationResponse.create_change_set
create_resource = parsing.parse_and_create_resource


def create_change_set_of_imports(self):
    for one in self._get_param("ResourcesToImport", []):
        (imported[one["LogicalResourceId"]],) = one["ResourceIdentifier"].values()
    return create_change_set(self)


def create_or_import(logical_id, resource_json, resources_map, account_id, region_name):
    if logical_id not in imported:
        return create_resource(logical_id, resource_json, resources_map, account_id, region_name)
    name = imported.pop(logical_id).split("/")[-1]
    if resource_json["Type"] == "AWS::SQS::Queue":
        found = sqs_backends[account_id][region_name].queues[name]
    else:
        found = dynamodb_backends[account_id][region_name].tables[name]
    found.cf_resource_type = resource_json["Type"]
    found.logical_resource_id = logical_id
    return found


CloudFormationResponse.create_change_set = create_change_set_of_imports
parsing.parse_and_create_resource = create_or_import


update, delete, apply = ResourceMap.update, ResourceMap.delete, ChangeSet.apply


def update_in_order(self, template, parameters=None):
    """Moto adds before it changes; a version must be published after its function is changed."""
    old = self._template.get("Resources", {})
    if all(resource["Type"] != VERSION for resource in old.values()):
        return update(self, template, parameters)
    first = copy.deepcopy(template)
    for name, resource in template["Resources"].items():
        if resource["Type"] == VERSION and name not in old:
            del first["Resources"][name]
        if resource["Type"] == ALIAS and name in old:
            first["Resources"][name] = old[name]
    for name, resource in old.items():
        if resource["Type"] == VERSION:
            first["Resources"].setdefault(name, resource)
    update(self, first, parameters)
    return update(self, template, parameters)


def delete_unless_retained(self):
    """Moto knows only `Retain`."""
    for resource in self._resource_json_map.values():
        if resource.get("DeletionPolicy") == "RetainExceptOnCreate":
            resource["DeletionPolicy"] = "Retain"
    delete(self)


def apply_with_outputs(self):
    """A stack that a change set makes has no outputs in moto."""
    apply(self)
    stack = self.stack
    stack.output_map = OutputMap(stack.resource_map, self.template_dict, stack.stack_id)


def arn_of_all_streams(self, attribute_name):
    """In AWS the attribute ends with `:*` (CloudFormation: AWS::Logs::LogGroup, return values)."""
    value = attribute_of_log_group(self, attribute_name)
    return f"{value}:*" if attribute_name == "Arn" and not value.endswith(":*") else value


attribute_of_log_group = LogGroup.get_cfn_attribute
LogGroup.get_cfn_attribute = arn_of_all_streams

logs = {}
create_function = LambdaFunction.create_from_cloudformation_json.__func__
configuration = LambdaFunction.get_configuration


def create_with_log(cls, resource_name, cloudformation_json, *args, **kwargs):
    made = create_function(cls, resource_name, cloudformation_json, *args, **kwargs)
    logs[made.function_name] = cloudformation_json["Properties"].get("LoggingConfig")
    return made


def configuration_with_log(self, on_create=False):
    """Moto does not say where a function's log is, of whichever version."""
    log = logs.get(self.function_name)
    return configuration(self, on_create) | ({"LoggingConfig": log} if log else {})


LambdaFunction.create_from_cloudformation_json = classmethod(create_with_log)
LambdaFunction.get_configuration = configuration_with_log
ChangeSet.apply = apply_with_outputs
ResourceMap.update = update_in_order
ResourceMap.delete = delete_unless_retained
