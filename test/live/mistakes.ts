import type { Answer, Call } from "./wire.js";

/**
 * Puts right where the emulator's answers differ from AWS's, so that a plan finds nothing to change where AWS would not either:
 * it forgets the descriptions of rules that name a security group, gives lifecycle hooks a target and a role that nobody
 * gave them, and takes a launch template's own tags for those of its VMs.
 */
export function amendMistakes(): (call: Call, answer: string) => string {
  const descriptions = new Map<string, string>();
  return ({ action, form }, answer) => {
    switch (action) {
      case "AuthorizeSecurityGroupIngress":
      case "AuthorizeSecurityGroupEgress": {
        const id = RULE.exec(answer)?.[1];
        const said = form.get("IpPermissions.1.Groups.1.Description");
        if (id !== undefined && said !== null) descriptions.set(id, said);
        return answer;
      }
      case "DescribeSecurityGroupRules":
        return answer.replaceAll(new RegExp(RULE, "g"), (found, id: string) => {
          const said = descriptions.get(id);
          return said === undefined ? found : `${found}<description>${said}</description>`;
        });
      case "DescribeLifecycleHooks":
        return answer.replaceAll(/<(NotificationTargetARN|RoleARN)>[^<]*<\/\1>/g, "");
      case "DescribeLaunchTemplateVersions":
        return answer.replaceAll(
          /<item><resourceType>launch-template<\/resourceType><tagSet>(?:<item>.*?<\/item>)*<\/tagSet><\/item>/gs,
          "",
        );
      default:
        return answer;
    }
  };
}

/** The emulator knows no instance refreshes, and the provider would ask for ten minutes: this one begins at once. */
export function startRefresh({ action }: Call): Answer | undefined {
  if (action !== "StartInstanceRefresh") return undefined;
  const result =
    "<StartInstanceRefreshResult><InstanceRefreshId>08b91cf7</InstanceRefreshId></StartInstanceRefreshResult>";
  return { status: 200, body: `<StartInstanceRefreshResponse>${result}</StartInstanceRefreshResponse>` };
}

const RULE = /<securityGroupRuleId>([^<]+)<\/securityGroupRuleId>/;
