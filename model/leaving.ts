/**
 * The longest that a VM which is to go waits for its tasks, in seconds: where its group ends it (the hook of the group ends
 * after 900), and where EC2 takes it back from the spot market (two minutes after its notice). `node/files/leave.py` has the
 * same numbers.
 */
export const LEAVING_SECONDS = { terminating: 840, spot: 90 } as const;

/** How long it takes until the managers know of it and tell the tasks to end, in seconds. */
export const MANAGERS_HEAR_SECONDS = 20;
