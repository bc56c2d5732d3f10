import { imageFind, imageList } from "../../commands/image-find.js";
import { imagePin } from "../../commands/image-pin.js";
import { showImages, showPins } from "../render/images.js";
import { runVerb, type GlobalArgs } from "../run.js";

interface FindArgs extends GlobalArgs {
  readonly region: string | undefined;
  readonly owner: string | undefined;
  readonly name: string | undefined;
  readonly arch: string | undefined;
  readonly sandbox: boolean;
}

interface PinArgs extends GlobalArgs {
  readonly ids: readonly string[];
  readonly region: string | undefined;
  readonly release: string | undefined;
  readonly arch: string | undefined;
  readonly docker: string | undefined;
  readonly sandbox: boolean;
}

export function find(args: FindArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "image find",
      action: (context) => imageFind(args, context),
      show: ({ images }, terminal) => showImages(images, terminal),
    },
    args,
    env,
  );
}

export function list(
  args: Pick<FindArgs, keyof GlobalArgs | "region" | "sandbox">,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  return runVerb(
    {
      name: "image list",
      action: (context) => imageList(args, context),
      show: ({ images }, terminal) => showImages(images, terminal),
    },
    args,
    env,
  );
}

export function pin(args: PinArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "image pin",
      action: (context) => imagePin(args, context),
      show: (result, terminal) => showPins(result, args.sandbox, terminal),
    },
    args,
    env,
  );
}
