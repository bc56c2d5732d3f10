"""What a VM asks of AWS: its own metadata, and signed requests. Standard library alone."""
import datetime
import hashlib
import hmac
import http.client
import json
import os
import re
import ssl
import time
import urllib.parse

# Credentials of the role are read again after so many seconds: they end, and a long release outlives them.
RENEW = 240
AUTHORITIES = ("/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt")


class AwsError(Exception):
    """A request that AWS refused; `code` is its own name for why."""

    def __init__(self, code, message, status):
        super().__init__(f"{code}: {message}" if message else code)
        self.code, self.status = code, status


class Metadata:
    """The instance metadata service, version 2."""

    def __init__(self, host="169.254.169.254"):
        self.host, self.token = host, None

    def _ask(self, method, path, headers):
        for pause in (1, 2, 4, 8, None):
            try:
                return self._once(method, path, headers)
            except (OSError, http.client.HTTPException) as error:
                if pause is None:
                    raise OSError(f"metadata {path}: {error!r}") from error
                time.sleep(pause)

    def _once(self, method, path, headers):
        connection = http.client.HTTPConnection(self.host, timeout=5)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        finally:
            connection.close()

    def get(self, path):
        """The text below /latest/meta-data, or None where there is none."""
        status = 401
        if self.token is not None:
            status, text = self._read(path)
        if status == 401:  # a token holds for five minutes
            status, token = self._ask("PUT", "/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds": "300"})
            if status != 200:
                raise OSError(f"no metadata token: {status}")
            self.token = token
            status, text = self._read(path)
        if status == 404:
            return None
        if status != 200:
            raise OSError(f"metadata {path}: {status}")
        return text

    def _read(self, path):
        return self._ask("GET", "/latest/meta-data/" + path, {"X-aws-ec2-metadata-token": self.token})


def sign(method, host, path, query, headers, body, service, region, credentials, now):
    """Headers with a signature, version 4 (AWS General Reference, "Signature Version 4 signing process")."""
    stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    digest = hashlib.sha256(body).hexdigest()
    headers = {**{key.lower(): value for key, value in headers.items()}, "host": host, "x-amz-date": stamp}
    if service == "s3":
        headers["x-amz-content-sha256"] = digest
    if credentials.get("Token"):
        headers["x-amz-security-token"] = credentials["Token"]
    names = ";".join(sorted(headers))
    lines = "".join(f"{key}:{headers[key].strip()}\n" for key in sorted(headers))
    canonical = "\n".join([method, urllib.parse.quote(path, safe="/-_.~"), query, lines, names, digest])
    scope = f"{day}/{region}/{service}/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + credentials["SecretAccessKey"]).encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={credentials['AccessKeyId']}/{scope}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    return headers


class Aws:
    """Signed requests with the credentials of the VM's role."""

    def __init__(self, metadata, region, domain="amazonaws.com"):
        self.metadata, self.region, self.domain = metadata, region, domain
        self._credentials = self._tls = None
        self._renew = 0

    def credentials(self):
        if self._credentials is None or time.monotonic() > self._renew:
            role = (self.metadata.get("iam/security-credentials/") or "").split("\n")[0]
            if not role:
                raise OSError("the instance has no role")
            found = parsed(self.metadata.get("iam/security-credentials/" + role))
            if not found.get("SecretAccessKey"):
                raise OSError(f"the role {role} has no credentials yet")
            self._credentials, self._renew = found, time.monotonic() + RENEW
        return self._credentials

    def tls(self):
        if self._tls is None:
            self._tls = ssl.create_default_context()
            if not self._tls.cert_store_stats()["x509_ca"]:
                for path in filter(os.path.exists, AUTHORITIES):
                    self._tls.load_verify_locations(path)
                    break
        return self._tls

    def send(self, service, host, method="POST", path="/", headers=None, body=b"", timeout=10, region=None):
        """Status, headers and body of an answer. Raises OSError where there is none, or one that is cut off."""
        now = datetime.datetime.now(datetime.timezone.utc)
        region = region or self.region
        signed = sign(method, host, path, "", headers or {}, body, service, region, self.credentials(), now)
        connection = http.client.HTTPSConnection(host, timeout=timeout, context=self.tls())
        try:
            connection.request(method, urllib.parse.quote(path, safe="/-_.~"), body, signed)
            answer = connection.getresponse()
            return answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read()
        except http.client.HTTPException as error:
            raise OSError(f"{host}: {error!r}") from error
        finally:
            connection.close()

    def call(self, service, target, request, prefix="", region=None):
        """A service that speaks JSON, of this VM's region or of another of the same partition."""
        host = f"{prefix}{service}.{region or self.region}.{self.domain}"
        headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": target}
        status, _, body = self.send(service, host, headers=headers, body=json.dumps(request).encode(), region=region)
        answer = parsed(body)
        if status != 200:
            code = str(answer.get("__type", status)).split("#")[-1]
            raise AwsError(code, answer.get("message") or answer.get("Message") or "", status)
        if not answer and body.strip() not in (b"", b"{}"):
            raise OSError(f"{target}: the answer is no JSON")
        return answer

    def query(self, service, action, version, **fields):
        """The text (XML) that a service answers that takes forms."""
        form = urllib.parse.urlencode({"Action": action, "Version": version, **fields}).encode()
        headers = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}
        status, _, body = self.send(service, f"{service}.{self.region}.{self.domain}", headers=headers, body=form)
        text = body.decode(errors="replace")
        if status != 200:
            found = re.search(r"<Code>([^<]*)</Code>\s*<Message>([^<]*)", text)
            raise AwsError(*(found.groups() if found else (str(status), "")), status)
        if not text.rstrip().endswith(f"</{action}Response>"):
            raise OSError(f"the answer to {action} is cut off")
        return text

    def autoscaling(self, action, **fields):
        return self.query("autoscaling", action, "2011-01-01", **fields)

    def s3(self, method, bucket, key, headers=None, body=b""):
        return self.send("s3", f"{bucket}.s3.{self.region}.{self.domain}", method, "/" + key, headers, body)

    def parameter(self, name):
        """A parameter of SSM, decrypted, or None where there is none."""
        try:
            request = {"Name": name, "WithDecryption": True}
            found = self.call("ssm", "AmazonSSM.GetParameter", request).get("Parameter")
            if not isinstance(found, dict) or "Value" not in found:
                raise OSError(f"the answer for {name} holds no parameter")
            return found
        except AwsError as error:
            if error.code == "ParameterNotFound":
                return None
            raise

    def put_parameter(self, name, value, secure=False, overwrite=True):
        """False where the parameter was there already and was not to be overwritten."""
        request = {"Name": name, "Value": value, "Type": "SecureString" if secure else "String", "Overwrite": overwrite}
        try:
            self.call("ssm", "AmazonSSM.PutParameter", request)
            return True
        except AwsError as error:
            if error.code == "ParameterAlreadyExists" and not overwrite:
                return False
            raise


def parsed(text):
    """What a text in JSON holds, if that is an object; else an empty one."""
    try:
        value = json.loads(text or "{}")
    except ValueError:
        value = {}
    return value if isinstance(value, dict) else {}
