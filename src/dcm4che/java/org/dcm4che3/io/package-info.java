/** Streams of data sets and files (PS3.5, PS3.10). May use {@code data} and {@code util}. */
package org.dcm4che3.io;
