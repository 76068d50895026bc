//! The events that somebody should be told of.
//!
//! Source: the "CIS Amazon Web Services Foundations Benchmark", section "Monitoring". Events of EC2-Classic, which is gone, are
//! left out.

use super::pattern::Event;

/// Something to be told of: a field of the fact, what all of its events have in common, and one field with the values that
/// tell them apart.
pub(super) struct Watch {
    pub(super) field: &'static str,
    pub(super) common: &'static Event<'static>,
    pub(super) apart: &'static str,
    pub(super) values: &'static [&'static str],
    /// Another event, which has this in common as well, and of which nobody wants to be told.
    pub(super) other: &'static Event<'static>,
}

const fn calls(
    field: &'static str,
    source: &'static Event<'static>,
    values: &'static [&'static str],
) -> Watch {
    Watch { field, common: source, apart: "eventName", values, other: &[("eventName", "ListEverything")] }
}

const EC2: &Event<'static> = &[("eventSource", "ec2.amazonaws.com")];

/// All of them.
pub(super) const WATCHES: [Watch; 15] = [
    Watch {
        field: "refusals",
        common: &[("eventName", "DescribeInstances")],
        apart: "errorCode",
        values: &["Client.UnauthorizedOperation", "AccessDenied"],
        other: &[],
    },
    Watch {
        field: "weakLogins",
        common: &[
            ("additionalEventData.MFAUsed", "No"),
            ("eventSource", "signin.amazonaws.com"),
            ("eventType", "AwsConsoleSignIn"),
            ("responseElements.ConsoleLogin", "Success"),
            ("userIdentity.type", "IAMUser"),
        ],
        apart: "eventName",
        values: &["ConsoleLogin"],
        other: &[("eventName", "ConsoleLogin"), ("additionalEventData.MFAUsed", "Yes")],
    },
    Watch {
        field: "failedLogins",
        common: &[
            ("additionalEventData.MFAUsed", "Yes"),
            ("errorMessage", "Failed authentication"),
            ("eventSource", "signin.amazonaws.com"),
            ("eventType", "AwsConsoleSignIn"),
            ("responseElements.ConsoleLogin", "Failure"),
        ],
        apart: "eventName",
        values: &["ConsoleLogin"],
        other: &[
            ("errorMessage", ""),
            ("eventName", "ConsoleLogin"),
            ("responseElements.ConsoleLogin", "Success"),
        ],
    },
    Watch {
        field: "rootCalls",
        common: &[("eventName", "DescribeInstances"), ("eventType", "AwsApiCall")],
        apart: "userIdentity.type",
        values: &["Root"],
        other: &[("userIdentity.type", "AssumedRole")],
    },
    calls("iamChanges", &[("eventSource", "iam.amazonaws.com")], IAM),
    calls("trailChanges", &[("eventSource", "cloudtrail.amazonaws.com")], TRAIL),
    calls("keyChanges", &[("eventSource", "kms.amazonaws.com")], &["DisableKey", "ScheduleKeyDeletion"]),
    calls("bucketChanges", &[("eventSource", "s3.amazonaws.com")], BUCKET),
    calls("configChanges", &[("eventSource", "config.amazonaws.com")], CONFIG),
    calls("groupChanges", EC2, GROUP),
    calls("aclChanges", EC2, ACL),
    calls("gatewayChanges", EC2, GATEWAY),
    calls("routeChanges", EC2, ROUTE),
    calls("networkChanges", EC2, NETWORK),
    calls("organizationChanges", &[("eventSource", "organizations.amazonaws.com")], ORGANIZATION),
];

const IAM: &[&str] = &[
    "DeleteGroupPolicy",
    "DeleteRolePolicy",
    "DeleteUserPolicy",
    "PutGroupPolicy",
    "PutRolePolicy",
    "PutUserPolicy",
    "CreatePolicy",
    "DeletePolicy",
    "CreatePolicyVersion",
    "DeletePolicyVersion",
    "AttachRolePolicy",
    "DetachRolePolicy",
    "AttachUserPolicy",
    "DetachUserPolicy",
    "AttachGroupPolicy",
    "DetachGroupPolicy",
];

const TRAIL: &[&str] = &["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"];

const BUCKET: &[&str] = &[
    "PutBucketAcl",
    "PutBucketPolicy",
    "PutBucketCors",
    "PutBucketLifecycle",
    "PutBucketReplication",
    "DeleteBucketPolicy",
    "DeleteBucketCors",
    "DeleteBucketLifecycle",
    "DeleteBucketReplication",
];

const CONFIG: &[&str] =
    &["StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder"];

const GROUP: &[&str] = &[
    "AuthorizeSecurityGroupIngress",
    "AuthorizeSecurityGroupEgress",
    "RevokeSecurityGroupIngress",
    "RevokeSecurityGroupEgress",
    "CreateSecurityGroup",
    "DeleteSecurityGroup",
];

const ACL: &[&str] = &[
    "CreateNetworkAcl",
    "CreateNetworkAclEntry",
    "DeleteNetworkAcl",
    "DeleteNetworkAclEntry",
    "ReplaceNetworkAclEntry",
    "ReplaceNetworkAclAssociation",
];

const GATEWAY: &[&str] = &[
    "CreateCustomerGateway",
    "DeleteCustomerGateway",
    "AttachInternetGateway",
    "CreateInternetGateway",
    "DeleteInternetGateway",
    "DetachInternetGateway",
];

const ROUTE: &[&str] = &[
    "CreateRoute",
    "CreateRouteTable",
    "ReplaceRoute",
    "ReplaceRouteTableAssociation",
    "DeleteRouteTable",
    "DeleteRoute",
    "DisassociateRouteTable",
];

const NETWORK: &[&str] = &[
    "CreateVpc",
    "DeleteVpc",
    "ModifyVpcAttribute",
    "AcceptVpcPeeringConnection",
    "CreateVpcPeeringConnection",
    "DeleteVpcPeeringConnection",
    "RejectVpcPeeringConnection",
];

const ORGANIZATION: &[&str] = &[
    "AcceptHandshake",
    "AttachPolicy",
    "CreateAccount",
    "CreateOrganizationalUnit",
    "CreatePolicy",
    "DeclineHandshake",
    "DeleteOrganization",
    "DeleteOrganizationalUnit",
    "DeletePolicy",
    "DetachPolicy",
    "DisablePolicyType",
    "EnablePolicyType",
    "InviteAccountToOrganization",
    "LeaveOrganization",
    "MoveAccount",
    "RemoveAccountFromOrganization",
    "UpdateOrganizationalUnit",
    "UpdatePolicy",
];
