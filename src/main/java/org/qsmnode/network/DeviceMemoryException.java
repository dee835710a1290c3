package org.qsmnode.network;

/** The device has too little memory for a tensor; smaller blocks may fit. */
final class DeviceMemoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DeviceMemoryException(Throwable cause) {
    super("the memory of the network engine is exhausted", cause);
  }
}
