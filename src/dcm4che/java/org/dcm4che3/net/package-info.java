/**
 * DICOM associations over TCP: upper layer protocol machine (PS3.8), message exchange (PS3.7), and
 * the devices, application entities and connections that take part.
 *
 * <p>Time-outs are milliseconds, 0 for none; lengths are bytes. Uses the data and io packages.
 */
package org.dcm4che3.net;
