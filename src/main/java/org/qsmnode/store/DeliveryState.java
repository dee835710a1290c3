package org.qsmnode.store;

/** Where the delivery of one derived series to one destination stands. */
public enum DeliveryState {
  PENDING,
  SENDING,
  /** Sent; the destination was asked to commit itself to keeping it. */
  COMMITTING,
  DELIVERED,
  /** Tried as often as allowed; a person has to look. */
  DEAD,
  /** Its job was superseded before anything was sent, or a person rejected it. */
  CANCELLED,
  /** Waits for a person: for approval, or because the patient's identity in the PACS changed. */
  HELD
}
