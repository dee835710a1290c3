package org.qsmnode.store;

/** Where the delivery of one derived series to one destination stands. */
public enum DeliveryState {
  PENDING,
  SENDING,
  DELIVERED,
  /** Tried as often as allowed; a person has to look. */
  DEAD,
  /** Its job was superseded before anything was sent. */
  CANCELLED
}
