package org.dcm4che3.net.service;

import org.dcm4che3.net.CancelRQHandler;

/** Answers one query; run on a thread of the device. */
public interface QueryTask extends Runnable, CancelRQHandler {}
