import { expect, test } from "vitest";
import { asking } from "../../stacks/aws/api/call.js";

const failing = (name: string, httpStatusCode: number): Promise<never> =>
  asking("s3:GetObject", () => Promise.reject(Object.assign(new Error("no"), { name, $metadata: { httpStatusCode } })));

test.each([
  ["SlowDown", 503, "LF628"],
  ["AccessDenied", 403, "LF627"],
  ["ExpiredToken", 400, "LF626"],
  ["InternalError", 500, "LF630"],
  // S3 answers HEAD without a body, and so without a name.
  ["Unknown", 403, "LF627"],
  ["UnknownError", 503, "LF628"],
  ["403", 403, "LF627"],
  ["Unknown", 400, "LF630"],
])("%s (%s) is %s", async (name, status, code) => {
  await expect(failing(name, status)).rejects.toMatchObject({ code });
});

test("what is refused is allowed by a policy on just that", async () => {
  const arn = "arn:aws:s3:::shop/status.json";
  const text = `User: arn:aws:iam::1:user/ci is not authorized to perform: s3:GetObject on resource: "${arn}" because`;
  const refused = Object.assign(new Error(text), { name: "AccessDenied", $metadata: {} });
  await expect(asking("s3:GetObject", () => Promise.reject(refused))).rejects.toMatchObject({
    hint: expect.stringContaining(`"Resource": "${arn}"`),
  });
});
