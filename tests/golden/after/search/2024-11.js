listed({"items":[["2024-11-30",1,"north","","People return to Alder ."]],"month":"2024-11"})
