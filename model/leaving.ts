/**
 * The longest that a VM which is to go waits for its tasks, in seconds: where its group ends it (the hook of the group ends
 * after 900), and where EC2 takes it back from the spot market (two minutes after its notice). `node/files/leave.py` has the
 * same numbers.
 */
export const LEAVING_SECONDS = { terminating: 865, spot: 100 } as const;

/**
 * How long it takes at most until the managers know of it and tell the tasks to end, in seconds: 20 until they hear of the VM's
 * label, and 25 until the leader's next turn, which a release may keep busy (`MARGIN` of `node/files/surge.py`).
 */
export const MANAGERS_HEAR_SECONDS = 45;
