package org.dcm4che3.net.service;

import org.dcm4che3.net.CancelRQHandler;

/** Performs one retrieval; run on a thread of the device. */
public interface RetrieveTask extends Runnable, CancelRQHandler {}
