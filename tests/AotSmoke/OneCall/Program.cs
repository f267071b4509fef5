// The smallest program that uses the managed API: what it weighs beyond OneImport is our layer.
using Guestfs;

using GuestfsHandle g = new();
return g.GetVerbose() ? 1 : 0;
