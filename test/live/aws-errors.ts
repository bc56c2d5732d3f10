import type { Answer } from "./wire.js";

/** How AWS says no, in the form of each of its protocols. */
const FORMS = {
  ec2: (code: string, message: string): string =>
    `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>REQUEST</RequestID></Response>`,
  query: (code: string, message: string): string =>
    `<ErrorResponse xmlns="https://amazonaws.com/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>REQUEST</RequestId></ErrorResponse>`,
  s3: (code: string, message: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>REQUEST</RequestId><HostId>HOST</HostId></Error>`,
  json: (code: string, message: string): string => JSON.stringify({ __type: code, message }),
};

/** An error of a service that speaks `form`, with AWS's own code and words. */
export function refuse(form: keyof typeof FORMS, status: number, code: string, message: string): Answer {
  const body = FORMS[form](code, message);
  return { status, body, ...(form === "json" && { type: "application/x-amz-json-1.1" }) };
}

/** AWS's sentence for an action that no policy allows. */
export function unauthorized(action: string, resource: string): string {
  const who = "arn:aws:iam::123456789012:user/ci";
  return `User: ${who} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
}
